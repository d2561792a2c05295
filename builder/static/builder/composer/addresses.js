// Where each part of the démarche is composed, and which part an address names.

const base = document.querySelector("[data-composer]")?.dataset.base ?? "";

export function addressOf(id) {
  return id === "d/demarche" ? base : `${base}${id.split("/").map(encodeURIComponent).join("/")}/`;
}

export function idOf(path) {
  const rest = path.slice(base.length).split("/").filter(Boolean).map(decodeURIComponent);
  return rest.length === 2 ? rest.join("/") : "d/demarche";
}
