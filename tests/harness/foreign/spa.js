'use strict';
const app = document.getElementById('app');
const sleep = ms => new Promise(done => setTimeout(done, ms));
const scale = Number(app.dataset.scale);
const fractions = app.dataset.fractions.split(' ').map(Number);
let turn = 0, waited = 0;

const late = (least, most) =>
  sleep(scale * (least + fractions[waited++ % fractions.length] * (most - least)));

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') made.onclick = value;
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const form = () => {
  const data = new URLSearchParams();
  for (const input of app.querySelectorAll('input')) data.set(input.dataset.name, input.value);
  for (const box of app.querySelectorAll('[role=checkbox][aria-checked=true]')) data.set(box.dataset.name, '1');
  return data;
};

async function ask(question, yes, no) {
  const pressed = await new Promise(answered => {
    const dialog = make('dialog', {}, make('p', {}, question),
      make('div', { role: 'button', tabindex: 0, onclick: () => answered(true) }, yes), ' ',
      make('div', { role: 'button', tabindex: 0, onclick: () => answered(false) }, no));
    document.body.append(dialog);
    dialog.showModal();
  });
  document.querySelector('dialog').remove();
  return pressed;
}

async function load(query, body, push = false) {
  const mine = ++turn;
  app.replaceChildren(...[1, 2, 3].map(() => make('div', { class: 'skeleton' }, '…')));
  await late(50, 400);
  const answer = await fetch('/api?' + new URLSearchParams(query), body && { method: 'POST', body });
  const got = await answer.json();
  await late(50, 400);
  if (mine !== turn) return;
  if (push) history.pushState({ view: got.view }, '', '/' + got.view);
  await draw(got, () => mine === turn);
}

const go = (query, body) => load(query, body, true);

async function press(button) {
  const answers = button.closes ? ['はい', 'いいえ'] : ['OK', 'キャンセル'];
  if (button.confirm && !await ask(button.confirm, ...answers)) return;
  if (button.do) await go({ do: button.do, about: button.about }, form());
  else await go({ view: button.go, about: button.about });
}

const draws = {
  Text: part => make('p', {}, part.words),
  Facts: part => make('section', {}, ...part.rows.map(([name, text]) =>
    make('div', { class: 'fact' }, make('span', {}, name), ' ', make('b', {}, text)))),
  Ask: (part, screen) => {
    const input = make('input', { type: part.secret ? 'password' : 'text', 'data-name': part.name });
    input.setAttribute(part.secret ? 'aria-label' : 'placeholder', part.label);
    input.value = screen.typed[part.name] || '';
    return make('div', { class: 'field' }, part.before, input);
  },
  Table: part => make('section', {}, make('h3', {}, part.title), make('div', { role: 'table' },
    make('div', { role: 'row' }, ...part.heads.map(head => make('div', { role: 'columnheader' }, head))),
    ...part.rows.map(row => make('div', { role: 'row' }, ...row.map(cell))))),
  Button: part => button(part),
};

function button(part) {
  const onclick = () => press(part);
  if (part.link) return make('a', { href: '#', onclick: event => { event.preventDefault(); onclick(); } }, part.label);
  // Whatever leads further down the menu is a card to click on; the rest says that it is a button.
  if (part.go && !part.about && !part.closes && !part.window) {
    return make('div', { class: 'card', style: 'cursor: pointer', onclick }, part.label);
  }
  return make('div', { role: 'button', tabindex: 0, onclick }, part.label);
}

function cell(content) {
  if (typeof content === 'string') return make('div', { role: 'cell' }, content);
  if ('ticked' in content) {
    const box = make('span', {
      role: 'checkbox', tabindex: 0, 'aria-checked': String(content.ticked), 'data-name': content.name,
      'aria-label': content.label,
      onclick: () => box.setAttribute('aria-checked', String(box.getAttribute('aria-checked') !== 'true')),
    }, '☐');
    return make('div', { role: 'cell' }, box);
  }
  return make('div', { role: 'cell' }, button(content));
}

async function draw({ screen, types, ways }, current) {
  document.title = screen.title;
  const links = ways.map(([words, view]) =>
    make('a', { href: '#', onclick: event => { event.preventDefault(); go({ view }); } }, words));
  const corner = screen.corner ? [button(screen.corner)] : [];
  app.replaceChildren(make('header', {}, '碧海信用金庫 ', ...links, ...corner),
    make('div', { role: 'heading', 'aria-level': 1 }, screen.title));
  if (screen.tabs.length) {
    app.append(make('div', { class: 'tabs' }, ...screen.tabs.map(tab =>
      make('a', { role: 'tab', href: '#', onclick: event => { event.preventDefault(); go({ view: tab.go }); } },
        tab.label))));
  }
  await late(0, 100);
  if (!current()) return;
  const faults = Object.values(screen.errors);
  if (faults.length) app.append(make('div', { role: 'alert' }, ...faults.map(fault => make('p', {}, fault))));
  app.append(...screen.parts.map((part, place) => draws[types[place]](part, screen)));
}

addEventListener('popstate', event => load({ view: event.state ? event.state.view : 'home' }));
load({ view: location.pathname.slice(1) || 'home' });
