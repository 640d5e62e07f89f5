// A shared tablet: after a quiet time it asks whether anybody is there, and then wipes what was begun.
const still = document.getElementById("still");
const busy = ["keydown", "pointerdown", "touchstart", "input", "scroll", "wheel"];
let last = Date.now();

function touched() {
  last = Date.now();
  if (still?.open) still.close();
}

for (const name of busy) {
  addEventListener(name, (event) => {
    if (!still?.open || !event.target.closest?.("#still form")) touched();
  }, { capture: true, passive: true });
}

// A page that the browser kept may show what the last person wrote.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.documentElement.hidden = true;
  location.reload();
});

if (still) {
  const quiet = Number(still.dataset.quiet) * 1000;
  still.querySelector("button[type=button]").addEventListener("click", touched);
  setInterval(() => {
    const silent = Date.now() - last;
    if (silent >= 2 * quiet) {
      document.documentElement.hidden = true;
      still.querySelector("form").submit();
      last = Date.now();
    } else if (silent >= quiet && !still.open) {
      still.showModal();
    }
  }, 500);
} else if (!document.querySelector('main[data-page^="tablet_"]')) {
  // A page for everybody, reached from the tablet: it knows no dialog, so after three quiet minutes the tablet asks.
  const language = location.pathname.split("/")[1] === document.documentElement.lang ? `/${document.documentElement.lang}` : "";
  setInterval(() => {
    if (Date.now() - last >= 180000) location.replace(`${language}/tablet/still`);
  }, 1000);
}
