// How Node finds the scripts of a page: as modules, anew for each page, on a database in memory.
const DATABASE = new URL("./database.mjs", import.meta.url).href;

export async function resolve(specifier, context, next) {
  if (specifier.includes("/vendor/idb@")) return { url: DATABASE, shortCircuit: true };
  const resolved = await next(specifier, context);
  if (!resolved.url.includes("/static/js/")) return resolved;
  const url = new URL(resolved.url);
  url.search ||= context.parentURL ? new URL(context.parentURL).search : "";
  return { ...resolved, url: url.href, format: "module" };
}
