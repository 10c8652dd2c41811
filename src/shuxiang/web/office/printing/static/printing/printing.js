// The printing table answers as one chooses; without this file the button «Show» does the same.

document.documentElement.classList.add("js-on");

// Who writes a number, or takes a batch, means to print by it.
document.addEventListener("focusin", ({ target }) => {
  const chosen = target.closest("[data-chooses]");
  const radio = chosen && document.querySelector(`input[name="of"][value="${chosen.dataset.chooses}"]`);
  if (radio) radio.checked = true;
});

// A class is chosen once: its readers come at once.
document.addEventListener("change", ({ target }) => {
  target.closest("form[data-sends]")?.requestSubmit();
});
