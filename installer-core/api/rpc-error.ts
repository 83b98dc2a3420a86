import { JSONRPCErrorCode, createJSONRPCErrorResponse, type JSONRPCErrorResponse } from 'json-rpc-2.0'
import type { WireFailure } from './wire-values.ts'

/** JSON-RPC's own codes for what is wrong with a request; `failed` is Berth's for a request that was understood. */
export const rpcCode = {
  parse: JSONRPCErrorCode.ParseError,
  request: JSONRPCErrorCode.InvalidRequest,
  method: JSONRPCErrorCode.MethodNotFound,
  params: JSONRPCErrorCode.InvalidParams,
  internal: JSONRPCErrorCode.InternalError,
  failed: -32000,
} as const

/** An error response: its message is for logs, `data` is the failure with its facts and words. */
export function errorResponse(
  id: string | number | null,
  code: number,
  failure: WireFailure,
): JSONRPCErrorResponse {
  return createJSONRPCErrorResponse(id, code, failure.message, failure)
}
