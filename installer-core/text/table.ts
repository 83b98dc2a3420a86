/** Rows as aligned columns; numbers-like cells to the right. */
export function tableLines(rows: readonly (readonly string[])[], indent = '  '): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    `${indent}${row.map((cell, column) => pad(cell, widths[column] ?? 0)).join('  ')}`.trimEnd(),
  )
}

function pad(cell: string, width: number): string {
  return /^[\d.,]+( [KMGT]iB| bytes?| Byte)?$/.test(cell) ? cell.padStart(width) : cell.padEnd(width)
}
