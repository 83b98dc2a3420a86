import { useState } from 'react'
import { Button, Input, Label, Text, TextField } from 'react-aria-components'
import type { ResultOf } from '../../installer-core/api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Load } from '../store/load.ts'
import { More } from './page-frame.tsx'
import { FailureBox, Loading } from './state-views.tsx'

/** Where new systems come from: fetched only when a person asks for it. */
export function CatalogueFetch(props: {
  readonly catalogue: Load<ResultOf<'catalogue.fetch'>>
  readonly onFetch: (source: string) => void
}) {
  const { t, format } = useWords()
  const { catalogue, onFetch } = props
  const [source, setSource] = useState('')
  return (
    <More title={t('system.catalogue')} open={catalogue.state !== 'idle'}>
      <p className="quiet">{t('system.catalogueHint')}</p>
      <TextField className="text-field" value={source} onChange={setSource}>
        <Label>{t('system.source')}</Label>
        <Input className="text-input" />
        <Text slot="description" className="quiet small">
          {t('system.sourceHint')}
        </Text>
      </TextField>
      <Button className="button" isDisabled={catalogue.state === 'loading'} onPress={() => onFetch(source)}>
        {t('system.fetch')}
      </Button>
      {catalogue.state === 'loading' ? <Loading text={t('system.fetching')} /> : null}
      {catalogue.state === 'failed' ? <FailureBox failure={catalogue.failure} /> : null}
      {catalogue.state === 'ready' ? (
        <p role="status">
          {t('system.fetched', {
            version: catalogue.value.version,
            count: catalogue.value.releases,
            date: format.date(catalogue.value.expires),
          })}
        </p>
      ) : null}
    </More>
  )
}
