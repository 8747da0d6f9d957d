/** 同じものの集まり — names that stand for one and the same. */
export class Sets {
  readonly #parents = new Map<string, string>()

  join(one: string, other: string): void {
    const root = this.rootOf(one)
    const otherRoot = this.rootOf(other)
    if (root !== otherRoot) this.#parents.set(otherRoot, root)
    else this.#parents.set(root, root)
  }

  rootOf(name: string): string {
    let root = name
    for (;;) {
      const parent = this.#parents.get(root)
      if (parent === undefined || parent === root) break
      root = parent
    }
    if (root !== name) this.#parents.set(name, root)
    return root
  }

  names(): Iterable<string> {
    return this.#parents.keys()
  }
}
