import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import {
  Button,
  Group,
  Input,
  Label,
  NumberField,
  Slider,
  SliderThumb,
  SliderTrack,
  Text,
} from 'react-aria-components'
import { useWords } from '../i18n/use-words.ts'
import type { Limits } from '../store/planning.ts'

/** A size by slider and by number, both within the true limits. Values in bytes; people see GiB. */
export function SizeField(props: {
  readonly label: string
  readonly limits: Limits
  readonly onChange: (bytes: number) => void
}) {
  const { t, format } = useWords()
  const { label, limits, onChange } = props
  const whole = (gib: number) =>
    onChange(Math.min(limits.most, Math.max(limits.least, Math.round((gib * GiB) / MiB) * MiB)))
  const step = 0.125
  // Whole steps within the limits: a step must not lead beyond them.
  const minValue = Math.ceil(limits.least / GiB / step) * step
  const maxValue = Math.max(minValue, Math.floor(limits.most / GiB / step) * step)
  const value = Math.min(maxValue, Math.max(minValue, limits.value / GiB))
  const scale = { minValue, maxValue, value }
  return (
    <div className="size-field">
      <Slider aria-label={label} className="slider" {...scale} step={step} onChange={whole}>
        <SliderTrack className="slider-track">
          {({ state }) => (
            <>
              <span className="slider-fill" style={{ inlineSize: `${state.getThumbPercent(0) * 100}%` }} />
              <SliderThumb className="slider-thumb" />
            </>
          )}
        </SliderTrack>
      </Slider>
      <NumberField
        className="number-field"
        {...scale}
        step={step}
        formatOptions={{ maximumFractionDigits: 2 }}
        onChange={(gib) => (Number.isNaN(gib) ? undefined : whole(gib))}
      >
        <Label>{label}</Label>
        <Group className="number-group">
          <Button slot="decrement" className="number-step">
            −
          </Button>
          <Input className="number-input" />
          <span className="number-unit" aria-hidden="true">
            {t('space.unit')}
          </span>
          <Button slot="increment" className="number-step">
            +
          </Button>
        </Group>
        <Text slot="description" className="quiet small">
          {t('space.between', { least: format.size(limits.least), most: format.size(limits.most) })}
        </Text>
      </NumberField>
    </div>
  )
}
