// Before the first paint: theme, density and language as remembered. Kept in step with src/platform/preferences by a test.
(function () {
  var root = document.documentElement;
  var read = function (key) {
    try {
      return localStorage.getItem('baton.' + key);
    } catch {
      return null;
    }
  };
  var theme = read('theme');
  var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  root.dataset.density = read('density') || 'default';
  var locale = read('locale') || (/^zh/i.test(navigator.language) ? 'zh-CN' : 'en');
  root.lang = locale;
})();
