// The engine where the book is served: Pagefind, which loads only the parts of its index it needs.
// An engine is a function of a query and a kind that gives { total, kinds, results }: how many
// results, [kind, count] of each kind, and the first as { title, url, kind, excerpt (HTML) }.

const EXCERPT_WORDS = 24;

function resultOf(data, root) {
  return {
    title: data.meta.title,
    url: new URL(data.meta.link, root).href,
    kind: (data.filters.kind ?? [])[0],
    excerpt: data.excerpt, // escaped by Pagefind, words found marked
  };
}

export async function servedEngine(root, limit) {
  const pagefind = await import(new URL("pagefind/pagefind.js", root));
  await pagefind.options({ excerptLength: EXCERPT_WORDS });
  await pagefind.filters();
  await pagefind.mergeIndex(new URL("pagefind/", root).href, { language: "ru" });

  return async (query, kind) => {
    const found = await pagefind.search(query, { filters: kind ? { kind } : {} });
    const loaded = found.results.slice(0, limit).map((result) => result.data());
    const counts = (await pagefind.search(query)).totalFilters?.kind ?? {};
    return {
      total: found.results.length,
      kinds: Object.entries(counts).filter(([, count]) => count),
      results: (await Promise.all(loaded)).map((data) => resultOf(data, root)),
    };
  };
}
