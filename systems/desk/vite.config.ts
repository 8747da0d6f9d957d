import { defineConfig } from 'vite'

/** 画面の組立て — one bundle for every realm, with its fonts; nothing is inlined, so the CSP can be strict. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  logLevel: 'warn',
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    reportCompressedSize: false,
  },
})
