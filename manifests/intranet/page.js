// Everything an intranet adds: who is looking. The elements do the rest.
const { SalesPulse } = window;

async function fetchClientSecret() {
  const response = await fetch('/salespulse-secret', { method: 'POST' });
  // A TypeError means "not reachable just now": the elements try again later. Any other error ends the session.
  if (response.status >= 500) throw new TypeError('The intranet cannot reach SalesPulse just now.');
  if (!response.ok) throw new Error((await response.json()).detail);
  return (await response.json()).clientSecret;
}

if (SalesPulse) {
  SalesPulse.init({ fetchClientSecret, locale: navigator.language });
} else {
  document.querySelector('#sales-notice').hidden = false;
}

// What a figure is made of opens by itself. What else the elements say is up to the page: here, a month that somebody
// wants to see alone in the chart is shown in the figures above it.
const figures = document.querySelector('salespulse-kpis');
const wholeQuarter = document.querySelector('#whole-quarter');

document.querySelector('salespulse-chart').addEventListener('salespulse-filter', ({ detail }) => {
  figures.range = `${detail.range.from}/${detail.range.to}`;
  wholeQuarter.textContent = `Only ${detail.label}. Show the quarter again`;
  wholeQuarter.hidden = false;
  wholeQuarter.scrollIntoView({ block: 'center' });
});
wholeQuarter.addEventListener('click', () => {
  figures.range = 'this-quarter';
  wholeQuarter.hidden = true;
});

// The page's own: day or night, the date, the visitor.
const root = document.documentElement;
const themeButton = document.querySelector('#theme');
const systemIsDark = matchMedia('(prefers-color-scheme: dark)').matches;

function setTheme(theme) {
  root.dataset.theme = theme;
  themeButton.textContent = theme === 'dark' ? 'Light' : 'Dark';
  localStorage.setItem('theme', theme);
}
setTheme(localStorage.getItem('theme') ?? (systemIsDark ? 'dark' : 'light'));
themeButton.addEventListener('click', () => setTheme(root.dataset.theme === 'dark' ? 'light' : 'dark'));

const today = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
document.querySelector('#today').textContent = today.format(new Date());

const visitor = document.querySelector('#visitor');
visitor.value = visitor.dataset.visitor;
visitor.addEventListener('change', () => visitor.form.submit());
