// <button data-copy="text"> copies; on http://192.168.… the clipboard is closed to pages, so there is a second way.

function copyBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "visually-hidden";
  const home = document.activeElement?.closest("dialog") ?? document.body;
  home.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

/** Copy a text; the promise tells whether it lies on the clipboard now. */
export async function copyText(text) {
  const focused = document.activeElement;
  try {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // The browser said no: the second way may still be open.
  }
  const done = copyBySelection(text);
  focused?.focus?.({ preventScroll: true });
  return done;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = button.dataset.copyFrom && document.getElementById(button.dataset.copyFrom);
  if (!(await copyText(source ? source.textContent.trim() : button.dataset.copy))) return;
  const words = button.querySelector("[data-words]") ?? button;
  const before = words.textContent;
  if (before === button.dataset.copied) return;
  words.textContent = button.dataset.copied;
  setTimeout(() => { words.textContent = before; }, 2000);
});
