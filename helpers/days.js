// A slider over days: the browser's own, with its name, the day as its value in words, and the arrow keys for itself.
// The model is that of ipywidgets' SelectionSlider: labels, and the index of the one that it stands on.

function render({ model, el }) {
  const label = document.createElement("label");
  const name = label.appendChild(document.createElement("span"));
  const input = label.appendChild(document.createElement("input"));
  const day = label.appendChild(document.createElement("span"));
  const { said, send } = sender(model, el, "Not shown");
  input.type = "range";
  input.min = "0";
  input.step = "1";
  day.setAttribute("aria-hidden", "true"); // the slider tells it

  function tell() {
    const labels = model.get("_options_labels");
    const shown = labels[model.get("index")] ?? "";
    name.textContent = model.get("description");
    input.max = String(labels.length - 1);
    input.value = String(model.get("index"));
    input.disabled = model.get("disabled");
    input.setAttribute("aria-valuetext", shown);
    input.setAttribute("aria-label", model.get("description"));
    day.textContent = shown;
  }

  input.addEventListener("input", () => {
    send(Number(input.value));
    tell();
  });
  model.on("change", tell);
  el.classList.add("alliance-days");
  el.append(label, said);
  tell();
  return guard(el);
}

export default { render };
