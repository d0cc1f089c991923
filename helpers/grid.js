// A table of buttons of which one is chosen. A cell shows a few signs; the button's name is all of it, with row and column.
// The model is that of ipywidgets' ToggleButtons, row by row, with what the cells show and the headings beside it.

const TURNED = 8; // columns, beyond which there is no room for headings that stand upright

function render({ model, el }) {
  const table = document.createElement("table");
  const { said, send } = sender(model, el, "Not shown");

  function make(tag, text, parent) {
    const made = document.createElement(tag);
    made.textContent = text;
    return parent.appendChild(made);
  }

  function tell() {
    for (const [at, button] of [...table.querySelectorAll("button")].entries()) {
      button.setAttribute("aria-pressed", String(at === model.get("index")));
    }
  }

  function build() {
    const columns = model.get("columns");
    const turned = columns.length > TURNED;
    table.replaceChildren();
    table.className = turned ? "alliance-turned" : "";
    table.style.minWidth = `${7 + columns.length * (turned ? 3.6 : 6)}em`;
    make("caption", model.get("description"), table).className = "alliance-unseen";
    const head = make("tr", "", make("thead", "", table));
    make("td", "", head);
    for (const name of columns) {
      const heading = make("th", "", head);
      heading.scope = "col";
      make("span", name, heading);
    }
    const body = make("tbody", "", table);
    for (const [row, name] of model.get("rows").entries()) {
      const line = make("tr", "", body);
      make("th", name, line).scope = "row";
      for (const column of columns.keys()) {
        const at = row * columns.length + column;
        const button = make("button", model.get("cells")[at], make("td", "", line));
        button.type = "button";
        button.setAttribute("aria-label", `${model.get("cells")[at]} ${model.get("_options_labels")[at]}`);
        button.addEventListener("click", () => send(at));
      }
    }
    tell();
  }

  model.on("change:index", tell);
  model.on("change:_options_labels", build);
  el.classList.add("alliance-grid");
  el.append(table, said);
  build();
  return guard(el);
}

export default { render };
