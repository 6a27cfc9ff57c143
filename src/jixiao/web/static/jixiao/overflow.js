// <div class="overflow"><nav data-overflow>…</nav></div>: a row of links longer than its room. Buttons at its ends move it, and the
// one that is here is in sight; a row that has room has no buttons.
import { all, element, one } from './dom.js';

function fit(row) {
  const button = (word, sign, way) => {
    const made = element('button', { type: 'button', class: 'plain', 'aria-label': word }, sign);
    made.addEventListener('click', () => { row.scrollLeft += way * Math.max(row.clientWidth - 80, 120); });
    return made;
  };
  const back = button('往前看', '‹', -1);
  const onward = button('往后看', '›', 1);
  row.before(back);
  row.after(onward);
  function look() {
    const most = row.scrollWidth - row.clientWidth;
    [back, onward].forEach((each) => { each.hidden = most <= 1; });
    back.classList.toggle('at-end', row.scrollLeft <= 1);
    onward.classList.toggle('at-end', row.scrollLeft >= most - 1);
  }
  look();
  const here = one('[aria-current]', row);
  if (here) row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - here.clientWidth) / 2;
  look();
  row.addEventListener('scroll', look, { passive: true });
  window.addEventListener('resize', look);
}
all('[data-overflow]').forEach(fit);
