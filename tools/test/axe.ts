import axe from 'axe-core'
import type { Page } from 'playwright-core'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * axeの所見 — what axe finds on the page as it stands, a line for each broken rule; none is right. It runs in the
 * page itself and only what is broken is told in full: a second page and a list of all that is right, as axe's own
 * driver makes them, take five times as long.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const violations = await page.evaluate(async (values) => {
    const { axe: there } = window as unknown as { axe: typeof axe }
    const found = await there.run(document, {
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
    })
    return found.violations.map(({ id, nodes }) => ({ id, parts: nodes.map(({ html }) => html) }))
  }, rules)
  return violations.map(
    ({ id, parts }) => `${id}: ${parts.map((part) => part.slice(0, 160)).join(' | ')}`,
  )
}
