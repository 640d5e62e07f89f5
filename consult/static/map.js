// A map beside its list: choosing an area chooses it in the list, and the other way round. The list alone says the same.
for (const map of document.querySelectorAll("[data-map]")) {
  const radios = [...document.querySelectorAll(`input[type="radio"][name="${CSS.escape(map.dataset.map)}"]`)];
  const areas = [...map.querySelectorAll("[data-key]")];
  const show = () => {
    const chosen = radios.find((radio) => radio.checked)?.value;
    for (const area of areas) area.classList.toggle("app-map__area--chosen", area.dataset.key === chosen);
  };
  map.querySelector(".app-map__help").hidden = false;
  map.classList.add("app-map--ready");
  for (const area of areas) {
    area.addEventListener("click", () => {
      const radio = radios.find((one) => one.value === area.dataset.key);
      if (!radio) return;
      radio.checked = true;
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  // The list is reached by keyboard; the map, which would say everything twice, only shows where one is in it.
  const area = (radio) => areas.find((one) => one.dataset.key === radio.value);
  for (const radio of radios) {
    radio.addEventListener("change", show);
    radio.addEventListener("focus", () => area(radio)?.classList.add("app-map__area--at"));
    radio.addEventListener("blur", () => area(radio)?.classList.remove("app-map__area--at"));
  }
  show();
}
