// Everything works without this file; it adds what NHS.UK frontend adds: counts, reveals, focus on errors.
import { initAll } from "./nhsuk.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Heavy, and needed by few pages: fetched where there is a long list to search.
if (document.querySelector("[data-map]")) import("./map.js");
if (document.querySelector("select[data-type-ahead]")) import("./type-ahead.js");
if (document.querySelector("[data-ranking]")) import("./ranking.js");
if (document.querySelector("[data-points]")) import("./points.js");
if (document.querySelector("form[data-autosave], [data-among]")) import("./writing.js");
if (/(^|; )(__Host-)?tablet=./.test(document.cookie)) import("./idle.js");
