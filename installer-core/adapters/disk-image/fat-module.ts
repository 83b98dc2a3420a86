import { create, type DiskIO, type FatFs, type FatFsOptions } from 'js-fatfs'
import { readAsset } from '../assets.ts'

interface WasmInstance {
  readonly exports: unknown
}
/** The part of WebAssembly used here; Node's types leave it out. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object, imports: unknown) => WasmInstance
}

let compiled: object | null = null

/** A fresh instance of the FAT code over `diskio`. It is compiled once, from the program's own copy. */
export async function createFatFs(diskio: DiskIO): Promise<FatFs> {
  compiled ??= new WebAssembly.Module(readAsset('fatfs.wasm'))
  const module = compiled
  const options: FatFsOptions & { instantiateWasm: (...args: InstantiateArgs) => unknown } = {
    diskio,
    instantiateWasm(imports, receive) {
      const instance = new WebAssembly.Instance(module, imports)
      receive(instance)
      return instance.exports
    },
  }
  return await create(options)
}

type InstantiateArgs = [imports: unknown, receive: (instance: WasmInstance) => void]
