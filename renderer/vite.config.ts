import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The page for every shell: relative addresses, no inline scripts or styles, and Chromium 83 as the oldest runtime. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome83',
    cssTarget: 'chrome83',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      input: { index: `${import.meta.dirname}/index.html`, stories: `${import.meta.dirname}/stories.html` },
    },
  },
})
