// Choices as buttons in a fieldset: the legend names the group, and every button says whether it is pressed.
// The model is that of ipywidgets' ToggleButtons: labels, and the index of the one that is chosen.

function render({ model, el }) {
  const group = document.createElement("fieldset");
  const legend = group.appendChild(document.createElement("legend"));
  const row = group.appendChild(document.createElement("div"));
  const { said, send } = sender(model, el, "Not saved");
  group.append(said);

  function tell() {
    legend.textContent = model.get("description");
    legend.className = model.get("unseen") ? "alliance-unseen" : "";
    row.className = model.get("stacked") ? "alliance-stacked" : "";
    for (const [at, button] of [...row.children].entries()) {
      button.setAttribute("aria-pressed", String(at === model.get("index")));
      button.disabled = model.get("disabled");
    }
  }

  function build() {
    const buttons = model.get("_options_labels").map((label, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => send(at));
      return button;
    });
    row.replaceChildren(...buttons);
    tell();
  }

  model.on("change:_options_labels", build);
  model.on("change", tell);
  el.classList.add("alliance-choices");
  el.append(group);
  build();
  return guard(el);
}

export default { render };
