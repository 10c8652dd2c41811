// Every htmx request carries the token, and trouble on the way is told in words that stay.

const trouble = document.querySelector("[data-trouble]");

/** Return the header that a fetch of one's own has to carry. */
export function tokenHeader() {
  const meta = document.querySelector('meta[name="csrf-token"]');
  return { "X-CSRFToken": meta?.content ?? "" };
}

/** Tell that nothing was recorded, and why: "offline", "forbidden" or "failed". */
export function tell(why) {
  if (!trouble) return;
  trouble.querySelector("[data-say]").textContent = trouble.dataset[why];
  trouble.hidden = false;
}

export function hush() {
  if (trouble) trouble.hidden = true;
}

document.addEventListener("htmx:configRequest", (event) => {
  Object.assign(event.detail.headers, tokenHeader());
});
document.addEventListener("htmx:sendError", () => tell("offline"));
document.addEventListener("htmx:timeout", () => tell("offline"));
document.addEventListener("htmx:responseError", (event) => {
  tell(event.detail.xhr.status === 403 ? "forbidden" : "failed");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) hush();
});

trouble?.addEventListener("click", (event) => {
  if (event.target.closest("[data-reload]")) location.reload();
  if (event.target.closest("[data-hide]")) hush();
});

// After a form came back with errors, the list of what is wrong is read first.
document.querySelector("[data-wrong]")?.focus({ preventScroll: true });
