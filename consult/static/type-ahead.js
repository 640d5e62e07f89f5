// A long drop-down list as a box to type in. The list stays in the page: it is what is sent.
import "./combobox.js";

const sheet = document.createElement("link");
sheet.rel = "stylesheet";
sheet.href = new URL("./type-ahead.css", import.meta.url);
document.head.append(sheet);

// Words typed that are on no list are sent behind this sign, and the answer page says so: UNLISTED in questions/base.py.
const UNLISTED = "? ";
const SHOW_ALL = 60;
const MOST_RESULTS = 100;

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
const escaped = (text) => {
  const box = document.createElement("span");
  box.textContent = text ?? "";
  return box.innerHTML;
};
const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function searching(options) {
  const known = options.map((option) => ({ option, words: plain(option.text) }));
  return (query, give) => {
    const sought = plain(query);
    const free = known.filter(({ option }) => !option.dataset.pinned);
    const first = free.filter(({ words }) => words.startsWith(sought));
    const later = free.filter(({ words }) => !words.startsWith(sought) && ` ${words}`.includes(` ${sought}`));
    const within = free.filter(({ words }) => words.includes(sought) && !` ${words}`.includes(` ${sought}`));
    const pinned = known.filter(({ option }) => option.dataset.pinned);
    give([...[...first, ...later, ...within].slice(0, MOST_RESULTS), ...pinned].map(({ option }) => option.text));
  };
}

function enhance(select) {
  const words = select.dataset;
  const options = [...select.options].filter((option) => option.value && !option.dataset.typed);
  const described = select.getAttribute("aria-describedby");
  const language = select.lang || document.documentElement.lang;
  const number = new Intl.NumberFormat(language);
  const choose = (text) => {
    select.querySelector("option[data-typed]")?.remove();
    const sought = plain(text ?? "");
    const found = options.find((option) => option.text === text) ?? options.find((option) => plain(option.text) === sought);
    if (found) found.selected = true;
    else if (!sought) select.value = "";
    else {
      const typed = new Option(text, UNLISTED + text.trim().slice(0, 100), false, true);
      typed.dataset.typed = "true";
      select.append(typed);
    }
  };
  const all = options.length <= SHOW_ALL;
  window.accessibleAutocomplete.enhanceSelectElement({
    selectElement: select,
    defaultValue: "",
    source: searching(options),
    autoselect: false,
    confirmOnBlur: false,
    showAllValues: all,
    minLength: all ? 0 : 1,
    displayMenu: "inline",
    inputClasses: select.classList.contains("nhsuk-select--error") ? "app-combobox--error" : "",
    dropdownArrow: ({ className }) => `<span class="${className} app-combobox__arrow" aria-hidden="true"></span>`,
    templates: { inputValue: (text) => text ?? "", suggestion: escaped },
    onConfirm: (text) => text !== undefined && choose(text),
    tNoResults: () => words.none,
    tStatusNoResults: () => words.none,
    tStatusQueryTooShort: () => words.hint,
    tStatusResults: (count, selected) => `${filled(words.results, { count: number.format(count) })} ${selected}`,
    tStatusSelectedOption: (option, count, at) =>
      filled(words.option, { option, number: number.format(at + 1), count: number.format(count) }),
    tAssistiveHint: () => words.hint,
  });
  const input = document.getElementById(select.id.replace(/-select$/, ""));
  input.setAttribute("autocapitalize", "none");
  input.setAttribute("spellcheck", "false");
  input.addEventListener("input", () => choose(input.value));
  input.addEventListener("blur", () => choose(input.value));
  if (described) keepDescribed(input, described);
}

// The library says its own hint and takes it away again; ours, and what is wrong, stay.
function keepDescribed(input, described) {
  const put = () => {
    const said = (input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    const wanted = [...new Set([...described.split(" "), ...said])].join(" ");
    if (said.join(" ") !== wanted) input.setAttribute("aria-describedby", wanted);
  };
  put();
  new MutationObserver(put).observe(input, { attributeFilter: ["aria-describedby"] });
}

for (const select of document.querySelectorAll("select[data-type-ahead]")) enhance(select);
