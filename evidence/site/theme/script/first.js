// What runs in the head of a page, before anything of it is shown: letters begin to load with the styles (from a folder
// a browser refuses to load them ahead), and the scheme a reader has chosen holds from the beginning.

const { dataset } = document.documentElement;
if (location.protocol !== "file:") {
  for (const name of ["sans", "serif"]) {
    const href = `${dataset.root}_static/vendor/${name}-latin.woff2`;
    const link = { rel: "preload", as: "font", crossOrigin: "", href };
    document.head.append(Object.assign(document.createElement("link"), link));
  }
}
try {
  const theme = localStorage.getItem("theme");
  if (theme) dataset.theme = theme;
} catch {
  // a browser that keeps nothing
}
