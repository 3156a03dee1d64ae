/** Says nothing to whoever imports it: it leaves itself where `pdf.mjs` looks. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs';
