// A form with data-confirm asks before it is sent: only for what cannot be undone.

const dialog = document.querySelector("[data-confirm-dialog]");

/** Ask a question; the promise tells whether the answer was yes. */
export function ask({ question, detail = "", yes = "" }) {
  const button = dialog.querySelector("[data-yes]");
  button.dataset.words ??= button.textContent;
  dialog.querySelector("[data-question]").textContent = question;
  dialog.querySelector("[data-detail]").textContent = detail;
  button.textContent = yes || button.dataset.words;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

function questionOf(element) {
  const { confirm, confirmDetail, confirmYes } = element.dataset;
  return { question: confirm, detail: confirmDetail, yes: confirmYes };
}

async function askBeforeSending(event) {
  const form = event.target;
  const source = event.submitter?.dataset.confirm ? event.submitter : form;
  if (!source.dataset.confirm || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(questionOf(source)))) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(event.submitter);
  delete form.dataset.confirmed;
}

if (dialog) document.addEventListener("submit", askBeforeSending, true);
