// What is said after something was done: the same element for as long as the view stands, so that screen readers announce its words.

function render({ model, el }) {
  const said = document.createElement("div");
  said.setAttribute("role", "status");

  function tell() {
    said.innerHTML = model.get("value"); // cleaned by the kernel
  }

  model.on("change:value", tell);
  el.append(said);
  tell();
  return guard(el);
}

export default { render };
