// A page from a folder may load no modules: there the page in one file takes over.
if (location.protocol === 'file:' && !document.documentElement.dataset.whole) {
  location.replace('offline.html' + location.hash);
}
