// On a phone a row of tabs is wider than the screen: the chosen one must be among those that are seen.

for (const chosen of document.querySelectorAll('.sx-tabs > [aria-current]:not([aria-current="false"])')) {
  const tabs = chosen.parentElement;
  tabs.scrollLeft = chosen.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - chosen.offsetWidth) / 2;
}
