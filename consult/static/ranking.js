// Buttons that move a thing one place up or down. The lists of places stay in the page: they are what is sent.
const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function enhance(group) {
  const words = group.dataset;
  const number = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: "latn" });
  const lines = [...group.children]
    .map((line) => ({ line, select: line.querySelector("select"), label: line.querySelector("label") }))
    .filter(({ select }) => select);
  const places = Math.max(...lines.map(({ select }) => select.options.length - 1));
  const placed = () =>
    lines.filter(({ select }) => select.value).sort((one, other) => one.select.value - other.select.value);
  const said = ({ label }) => label.textContent.trim();

  const status = document.createElement("p");
  status.className = "nhsuk-u-visually-hidden";
  status.setAttribute("role", "status");
  group.after(status);

  function arrange() {
    const first = placed();
    group.append(...[...first, ...lines.filter((one) => !first.includes(one))].map(({ line }) => line));
  }

  function renumber(order) {
    for (const one of lines) one.select.value = "";
    order.forEach((one, at) => (one.select.value = String(at + 1)));
  }

  function move(one, way) {
    const order = placed();
    const at = order.indexOf(one);
    const to = at < 0 ? order.length : at + way;
    if (at < 0 && order.length >= places) return tell(filled(words.none, { option: said(one) }));
    if (to < 0) return tell(filled(words.first, { option: said(one) }));
    if (at >= 0 && to >= order.length && !words.partial) return tell(filled(words.last, { option: said(one) }));
    if (at >= 0) order.splice(at, 1);
    if (at < 0 || to < order.length + 1) order.splice(to, 0, one);
    renumber(order);
    arrange();
    const place = one.select.value;
    tell(filled(place ? words.moved : words.none, { option: said(one), place: place && number.format(place) }));
  }

  function tell(sentence) {
    status.textContent = "";
    requestAnimationFrame(() => (status.textContent = sentence));
  }

  for (const one of lines) {
    const buttons = document.createElement("div");
    buttons.className = "app-ranking__buttons";
    for (const [way, text] of [[-1, words.up], [1, words.down]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "app-ranking__button";
      const what = document.createElement("span");
      what.className = "nhsuk-u-visually-hidden";
      what.textContent = ` ${said(one)}`;
      if (one.label.lang) what.lang = one.label.lang;
      button.append(text, what);
      button.addEventListener("click", () => {
        move(one, way);
        button.focus();
      });
      buttons.append(button);
    }
    one.line.append(buttons);
  }
  arrange();
}

for (const group of document.querySelectorAll("[data-ranking]")) enhance(group);
