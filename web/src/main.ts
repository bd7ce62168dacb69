import { Header } from './app/header.ts';
import { Page } from './app/page.ts';
import { NodeApi } from './node/api.ts';
import { TokenStore } from './node/token.ts';
import './styles/main.css';
import { mountAnnouncer } from './ui/announcer.ts';

const tokens = new TokenStore(sessionStorage);
const cleaned = tokens.adopt(location.href);
if (cleaned !== null) {
  history.replaceState(null, '', cleaned);
}

const header = new Header('./favicon.svg');
const page = new Page(new NodeApi(document.baseURI, tokens), tokens, header);
document.body.append(header.element, page.element);
mountAnnouncer();
page.start();
