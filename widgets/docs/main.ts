import './adopted-style.ts';
import 'openapi-explorer';

const explorer = document.createElement('openapi-explorer');
explorer.setAttribute('spec-url', '/api/openapi.json');
explorer.setAttribute('primary-color', '#1f5fbf');
explorer.setAttribute('secondary-color', '#7fb2ff');
explorer.setAttribute('nav-bg-color', '#16202c');
explorer.setAttribute('nav-text-color', '#eef2f7');
explorer.setAttribute('table', '');
explorer.setAttribute('use-path-in-nav-bar', '');
document.body.append(explorer);
