// What runs in the head of a page, before anything of it is shown: what a query needs and letters begin to load with the
// styles (from a folder a browser refuses to load letters ahead), and the scheme a reader has chosen holds.

const { dataset } = document.documentElement;
const preload = (path, properties) => {
  const link = { rel: "preload", href: dataset.root + path, ...properties };
  document.head.append(Object.assign(document.createElement("link"), link));
};
if (dataset.forQuery && location.search) {
  for (const path of dataset.forQuery.split(" "))
    preload(path, { as: "script", fetchPriority: "high" });
}
if (location.protocol !== "file:") {
  for (const name of ["sans", "serif"]) {
    preload(`_static/vendor/${name}-latin.woff2`, { as: "font", crossOrigin: "" });
  }
}
try {
  const theme = localStorage.getItem("theme");
  if (theme) dataset.theme = theme;
} catch {
  // a browser that keeps nothing
}
