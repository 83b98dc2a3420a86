import { z } from 'zod'
import { listedReleaseSchema, plannedSchema } from '../../installer-core/api/methods/plan-methods.ts'
import { machineSchema } from '../../installer-core/model/machine.ts'
import bios from './recorded/bios.json' with { type: 'json' }
import confirmPlan from './recorded/confirm-plan.json' with { type: 'json' }
import encrypted from './recorded/encrypted.json' with { type: 'json' }
import hostile from './recorded/hostile.json' with { type: 'json' }
import installPlan from './recorded/install-plan.json' with { type: 'json' }
import laptop from './recorded/laptop.json' with { type: 'json' }
import repairPlan from './recorded/repair-plan.json' with { type: 'json' }
import linux from './recorded/linux.json' with { type: 'json' }
import releases from './recorded/releases.json' with { type: 'json' }
import roomPlan from './recorded/room-plan.json' with { type: 'json' }
import trial from './recorded/trial.json' with { type: 'json' }
import variants from './recorded/variants.json' with { type: 'json' }

z.config({ jitless: true })

/** Recorded PCs, the catalogue and plans, checked by the contract's own schemas. */
export const recorded = {
  laptop: machineSchema.parse(laptop),
  encrypted: machineSchema.parse(encrypted),
  bios: machineSchema.parse(bios),
  hostile: machineSchema.parse(hostile),
  trial: machineSchema.parse(trial),
  linux: machineSchema.parse(linux),
  releases: z.array(listedReleaseSchema).parse(releases),
  variants: z.array(listedReleaseSchema).parse(variants),
  installPlan: plannedSchema.parse(installPlan),
  confirmPlan: plannedSchema.parse(confirmPlan),
  repairPlan: plannedSchema.parse(repairPlan),
  roomPlan: plannedSchema.parse(roomPlan),
}
