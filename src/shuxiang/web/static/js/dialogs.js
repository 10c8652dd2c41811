// <button data-opens="id"> opens a dialog; a button with data-closes inside it closes it.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    document.getElementById(opener.dataset.opens)?.showModal();
    return;
  }
  event.target.closest("[data-closes]")?.closest("dialog")?.close();
});
