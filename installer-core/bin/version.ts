declare const BERTH_VERSION: string | undefined

/** The program's version; the build puts it in, a run from sources says so. */
export const version: string = typeof BERTH_VERSION === 'string' ? BERTH_VERSION : '0.0.0-source'
