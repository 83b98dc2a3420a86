import { Help, Practice, Report, Welcome } from './joined-beside.tsx'
import { Done, Home, Install } from './joined-runs.tsx'
import { Pc, Review, Space, System, You } from './joined-way.tsx'
import type { Joined } from './joined.ts'

/** The page of the address, with what it shows and what can be done on it. */
export function PageSwitch(props: Joined) {
  switch (props.state.route.page) {
    case 'welcome':
      return <Welcome {...props} />
    case 'pc':
      return <Pc {...props} />
    case 'system':
      return <System {...props} />
    case 'space':
      return <Space {...props} />
    case 'you':
      return <You {...props} />
    case 'review':
      return <Review {...props} />
    case 'install':
      return <Install {...props} />
    case 'done':
      return <Done {...props} />
    case 'home':
      return <Home {...props} />
    case 'practice':
      return <Practice {...props} />
    case 'help':
      return <Help {...props} />
    case 'report':
      return <Report {...props} />
  }
}
