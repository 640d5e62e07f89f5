// How many points are given so far, said under the boxes; the site adds them up again when they are sent.
const PAUSE = 1000;
const digits = (text) =>
  text.replace(/[\s\u00a0\u202f]/g, "").replace(/[٠-٩]/g, (one) => one.charCodeAt(0) - 0x660).replace(/[۰-۹]/g, (one) => one.charCodeAt(0) - 0x6f0);

function enhance(group) {
  const number = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: "latn" });
  const boxes = [...group.querySelectorAll("input")];
  const seen = document.createElement("p");
  seen.className = "app-points";
  seen.setAttribute("aria-hidden", "true");
  const heard = document.createElement("p");
  heard.className = "nhsuk-u-visually-hidden";
  heard.setAttribute("role", "status");
  group.after(seen, heard);
  const sentence = () => {
    const given = boxes.reduce((sum, box) => sum + (/^\d+$/.test(digits(box.value)) ? Number(digits(box.value)) : 0), 0);
    const values = { given: number.format(given), total: number.format(group.dataset.points) };
    return group.dataset.given.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
  let waiting;
  group.addEventListener("input", () => {
    seen.textContent = sentence();
    clearTimeout(waiting);
    waiting = setTimeout(() => (heard.textContent = seen.textContent), PAUSE);
  });
  seen.textContent = sentence();
}

for (const group of document.querySelectorAll("[data-points]")) enhance(group);
