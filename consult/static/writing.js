// The editor: a question is saved when one of its boxes is left, and questions can be dragged to another place.
// What adds, takes out or reorders waits for the button, so that nothing is done twice.
const waits = /^added_|-(out|place)$/;

function autosave(form) {
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  form.append(status);
  let timer = 0;
  let saving = Promise.resolve();

  async function save() {
    const data = new FormData(form);
    for (const name of [...data.keys()]) if (waits.test(name)) data.delete(name);
    const kind = [...form.elements.kind.options].find((one) => one.defaultSelected);
    if (kind) data.set("kind", kind.value);
    data.set("auto", "y");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual" });
      if (!answer.ok) throw new Error(String(answer.status));
      form.elements.seen.value = await answer.text();
      status.textContent = `Saved at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
    } catch {
      status.textContent = "Not saved yet: press “Save and stay here” to see why";
    }
  }

  form.addEventListener("change", ({ target }) => {
    if (waits.test(target.name) || target.name === "kind") return;
    clearTimeout(timer);
    timer = setTimeout(() => (saving = saving.then(save)), 400);
  });
  // The number of the state that this page was drawn from must be the newest before it is sent.
  form.addEventListener("submit", () => clearTimeout(timer));
}

function draggable(list) {
  let dragged = null;
  const among = (line) => [...list.children].filter((one) => one.dataset.among === line.dataset.among);
  const clear = () => list.querySelectorAll(".app-drop").forEach((one) => one.classList.remove("app-drop"));

  for (const line of list.querySelectorAll(":scope > [data-among]")) {
    const grip = document.createElement("span");
    grip.className = "app-grip";
    grip.draggable = true;
    grip.setAttribute("aria-hidden", "true");
    grip.addEventListener("dragstart", (event) => {
      dragged = line;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", line.id);
      event.dataTransfer.setDragImage(line, 0, 0);
    });
    grip.addEventListener("dragend", () => {
      dragged = null;
      clear();
    });
    line.prepend(grip);
    line.addEventListener("dragover", (event) => {
      if (!dragged || dragged === line || dragged.dataset.among !== line.dataset.among) return;
      event.preventDefault();
      clear();
      line.classList.add("app-drop");
    });
    line.addEventListener("drop", (event) => {
      if (!dragged || dragged === line) return;
      event.preventDefault();
      const places = among(dragged);
      const form = document.getElementById(`act-${dragged.id}`);
      const sent = { act: "to", by: places.indexOf(line) - places.indexOf(dragged) };
      for (const [name, value] of Object.entries(sent)) {
        const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
        form.append(input);
      }
      form.submit();
    });
  }
}

document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll(".app-written__list").forEach(draggable);
