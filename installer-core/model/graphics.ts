/** Makers of the graphics that a release can be made for. Others (virtual PCs, servers) need nothing of their own. */
export const graphicsMakers = ['intel', 'amd', 'nvidia'] as const
export type GraphicsMaker = (typeof graphicsMakers)[number]

/** How a maker is called, and its number among PCI's vendors (PCI Code and ID Assignment Specification; `pci.ids`). */
export const graphicsMaker: Readonly<Record<GraphicsMaker, { readonly name: string; readonly pci: string }>> =
  {
    intel: { name: 'Intel', pci: '8086' },
    amd: { name: 'AMD', pci: '1002' },
    nvidia: { name: 'NVIDIA', pci: '10de' },
  }
