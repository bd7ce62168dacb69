import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses: the page also works below a path of a proxy.
  base: './',
  build: {
    outDir: '../artifacts/web',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy of the page allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['index.html', 'map.html'] },

    // What is built in keeps its notice.
    license: { fileName: 'licenses.txt' },
  },
  server: {
    // Development: 'npm run dev' beside a node on its usual port.
    proxy: { '^/(info|options|task|auth|health|api)': 'http://127.0.0.1:3000' },
  },
});
