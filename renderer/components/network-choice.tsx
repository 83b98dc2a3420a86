import { Checkbox, CheckboxGroup, Label } from 'react-aria-components'
import type { KnownNetworks } from '../../installer-core/model/networks.ts'
import { useWords } from '../i18n/use-words.ts'

/** The Wi-Fi networks of the present system, to be ticked one by one. The page knows their names and no key. */
export function NetworkChoice(props: {
  readonly known: KnownNetworks
  readonly chosen: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
}) {
  const { t } = useWords()
  const { networks, refused } = props.known
  const name = (ssid: string) => <span className="hostile">{ssid === '' ? t('you.wifiUnnamed') : ssid}</span>
  return (
    <section className="card you-fields you-wide">
      <h2 className="section-title">{t('you.wifi')}</h2>
      {networks.length === 0 ? (
        <p className="quiet">{t('you.wifiNone')}</p>
      ) : (
        <CheckboxGroup value={[...props.chosen]} onChange={props.onChange}>
          <Label className="quiet small">{t('you.wifiHint')}</Label>
          {networks.map(({ id, ssid }) => (
            <Checkbox key={id} value={id} className="choice network">
              <span className="choice-box" aria-hidden="true" />
              {name(ssid)}
            </Checkbox>
          ))}
        </CheckboxGroup>
      )}
      <ul className="plain-list quiet small">
        {refused.map(({ ssid, reason }, index) => (
          // Two may be called the same.
          <li key={index}>
            {name(ssid)}: {t(`you.wifiRefused.${reason}`)}
          </li>
        ))}
      </ul>
    </section>
  )
}
