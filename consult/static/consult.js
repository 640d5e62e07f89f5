// Everything works without this file; it adds what NHS.UK frontend adds: counts, reveals, focus on errors.
import { initAll } from "./nhsuk.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
