import type { ReactNode } from 'react'
import { Button, Label, Radio, RadioGroup } from 'react-aria-components'
import type { Choices } from '../../installer-core/model/choices.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Change } from '../store/actions.ts'

interface ExpertProps {
  readonly machine: Machine
  readonly choices: Choices
  readonly expert: boolean
  readonly onChange: (change: Change) => void
  readonly onExpert: (expert: boolean) => void
  readonly children?: ReactNode
}

/** Which disk, what kind of partition, which system by default; folded away until asked for. */
export function ExpertChoices({ machine, choices, expert, onChange, onExpert, children }: ExpertProps) {
  const { t, format } = useWords()
  const disks = machine.disks.map((disk) => ({
    value: disk.id,
    text: t('disk.model', { model: disk.model || disk.name, size: format.size(disk.size) }),
  }))
  const automatic = { value: 'automatic', text: t('space.diskAutomatic') }
  return (
    <details className="more" open={expert} onToggle={(event) => onExpert(event.currentTarget.open)}>
      <summary>{t('space.expert')}</summary>
      <div className="more-body">
        {children}
        <Options
          label={t('space.disk')}
          value={choices.disk ?? 'automatic'}
          options={[automatic, ...disks]}
          onChange={(value) => {
            const disk = machine.disks.find((one) => one.id === value)
            onChange({ disk: disk?.id ?? null, spaceFrom: { kind: 'automatic' } })
          }}
        />
        <Options
          label={t('space.type')}
          value={choices.bootPartitionType}
          options={[
            { value: 'xbootldr', text: t('space.typeXbootldr') },
            { value: 'esp', text: t('space.typeEsp') },
          ]}
          onChange={(value) => onChange({ bootPartitionType: value === 'esp' ? 'esp' : 'xbootldr' })}
        />
        <Options
          label={t('space.default')}
          value={choices.defaultSystem}
          options={[
            { value: 'present', text: t('space.defaultPresent') },
            { value: 'new', text: t('space.defaultNew') },
          ]}
          onChange={(value) => onChange({ defaultSystem: value === 'new' ? 'new' : 'present' })}
        />
        <Button
          className="button"
          onPress={() =>
            onChange({
              disk: null,
              spaceFrom: { kind: 'automatic' },
              bootSpace: null,
              dataSpace: null,
              bootPartitionType: 'xbootldr',
              defaultSystem: 'present',
            })
          }
        >
          {t('space.reset')}
        </Button>
      </div>
    </details>
  )
}

/** A small group of choices of which one holds. */
export function Options(props: {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly text: string }[]
  readonly onChange: (value: string) => void
}) {
  return (
    <RadioGroup className="options" value={props.value} onChange={props.onChange}>
      <Label className="options-label">{props.label}</Label>
      {props.options.map(({ value, text }) => (
        <Radio key={value} value={value} className="option hostile">
          <span className="choice-dot" aria-hidden="true" />
          {text}
        </Radio>
      ))}
    </RadioGroup>
  )
}
