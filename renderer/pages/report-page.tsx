import { Button } from 'react-aria-components'
import { Icon } from '../components/icon.tsx'
import { PageFrame } from '../components/page-frame.tsx'
import { Empty, FailureBox, Loaded } from '../components/state-views.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { Load } from '../store/load.ts'
import type { ReportFile } from '../store/page-state.ts'

export interface ReportPageProps {
  readonly files: Load<readonly ReportFile[]>
  readonly folder: Load<string>
  readonly onSave: () => void
  readonly onBack: () => void
  readonly onRetry: () => void
}

/** The report file by file, with what was left out; saved only on request. */
export function ReportPage(props: ReportPageProps) {
  const { t, format } = useWords()
  const { files, folder } = props
  return (
    <PageFrame
      title={t('report.title')}
      lead={t('report.lead')}
      actions={
        <>
          <Button className="button button-plain" onPress={props.onBack}>
            {t('action.back')}
          </Button>
          <Button
            className="button button-primary"
            isDisabled={files.state !== 'ready' || files.value.length === 0 || folder.state === 'loading'}
            onPress={props.onSave}
          >
            {t('report.save')}
          </Button>
        </>
      }
    >
      <p className="note-line">
        <Icon name="check" />
        <span>{t('report.left')}</span>
      </p>
      <div role="status">
        {folder.state === 'loading' ? <p>{t('report.saving')}</p> : null}
        {folder.state === 'ready' ? (
          <p className="summary hostile">{t('report.saved', { folder: folder.value })}</p>
        ) : null}
      </div>
      {folder.state === 'failed' ? <FailureBox failure={folder.failure} /> : null}
      <Loaded load={files} waiting={t('state.loadingReport')} onRetry={props.onRetry}>
        {(value) => (
          <>
            {value.length === 0 ? <Empty title={t('report.empty')} hint={t('state.noPcHint')} /> : null}
            {value.map((file) => (
              <details key={file.name} className="more">
                <summary>
                  <Icon name="file" /> <span className="hostile">{file.name}</span>{' '}
                  <span className="quiet">{format.size(file.size)}</span>
                </summary>
                <div className="more-body">
                  {file.cut ? <p className="quiet">{t('report.cut')}</p> : null}
                  <pre className="log hostile" tabIndex={0}>
                    {file.text}
                  </pre>
                </div>
              </details>
            ))}
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}
