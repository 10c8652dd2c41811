// A page that is made for paper opens the printer by itself, once.

const print = () => window.print();

document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", print));
if (!navigator.webdriver && document.querySelector("[data-print]")) window.addEventListener("load", print);
