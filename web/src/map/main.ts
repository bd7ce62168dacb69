import 'leaflet/dist/leaflet.css';
import { TokenStore } from '../node/token.ts';
import '../styles/main.css';
import '../styles/map.css';
import { h } from '../ui/dom.ts';
import { WebOdmApi } from './api.ts';
import { MapPage } from './page.ts';

const tokens = new TokenStore(sessionStorage, 'jwt');
const cleaned = tokens.adopt(location.href);
if (cleaned !== null) {
  history.replaceState(null, '', cleaned);
}

const page = new MapPage(new WebOdmApi(document.baseURI, tokens), tokens);
document.body.classList.add('map-body');
document.body.append(
  h('header', { class: 'top' },
    h('h1', {}, h('img', { src: './favicon.svg', alt: '', width: 26, height: 26 }), 'OdmNode'),
    h('nav', {}, h('a', { href: './' }, 'Tasks of this node'))),
  page.element);
page.start();
