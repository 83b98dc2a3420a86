import { z } from 'zod'
import type { Bytes, Lba } from '../base/bytes.ts'
import type { Guid } from '../base/guid.ts'

declare const identity: unique symbol

/** A disk's identity: its GPT disk GUID, or `mbr:<8 hex digits>`, or `disk:<n>` when it carries none. Never a device name. */
export type DiskId = string & { readonly [identity]: 'disk' }
/** A partition's identity: its GPT unique GUID in lower case. On an MBR disk `mbr:<8 hex digits>-<slot>`. */
export type PartitionId = string & { readonly [identity]: 'partition' }
/** A release's identity: `<name>-<version>-<architecture>`. */
export type ReleaseId = string & { readonly [identity]: 'release' }
/** Text from a disk or firmware that was made safe to show: control, bidi and invisible characters are visible escapes. */
export type SafeText = string & { readonly [identity]: 'safe-text' }

// A brand is invisible at run time; the schema checks what can be checked. These are the only casts to brands here.
export const bytesSchema = z.int().min(0) as unknown as z.ZodType<Bytes>
export const lbaSchema = z.int().min(0) as unknown as z.ZodType<Lba>
export const guidSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/) as unknown as z.ZodType<Guid>
export const diskIdSchema = z.string().min(1).max(64) as unknown as z.ZodType<DiskId>
export const partitionIdSchema = z.string().min(1).max(64) as unknown as z.ZodType<PartitionId>
export const releaseIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/) as unknown as z.ZodType<ReleaseId>
export const safeTextSchema = z.string().max(4096) as unknown as z.ZodType<SafeText>
export const hexSchema = z.string().regex(/^([0-9a-f]{2})*$/)
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)
/** A boot entry's number: the four hex digits of Boot####, as a number. */
export const bootNumberSchema = z.int().min(0).max(0xffff)
/** A path on a boot volume: `/`-separated, absolute, ASCII `[A-Za-z0-9+-_.]` names (Boot Loader Specification). */
export const bootPathSchema = z.string().regex(/^(\/[A-Za-z0-9+\-_.]{1,255})+$/)
