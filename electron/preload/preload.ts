import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { channels, maxFrameBytes } from '../shared/frames.ts'

/**
 * All that the page gets: frames out, frames in. A frame is a JSON-RPC 2.0 text; the shell and the engine look into it,
 * this file only keeps anything else from passing.
 */
contextBridge.exposeInMainWorld('berth', {
  /** Sends a frame to the engine. @throws TypeError when it is no text of at most 1 MiB. */
  send(frame: unknown): void {
    if (typeof frame !== 'string' || frame.length > maxFrameBytes) {
      throw new TypeError('A frame is a text of at most 1 MiB.')
    }
    ipcRenderer.send(channels.toEngine, frame)
  },
  /** Calls back with each frame from the engine; the function it returns ends that. */
  onFrame(callback: unknown): () => void {
    if (typeof callback !== 'function') throw new TypeError('onFrame takes a function.')
    const listener = (_event: IpcRendererEvent, frame: unknown): void => {
      if (typeof frame === 'string') (callback as (frame: string) => void)(frame)
    }
    ipcRenderer.on(channels.toPage, listener)
    return () => ipcRenderer.removeListener(channels.toPage, listener)
  },
})
