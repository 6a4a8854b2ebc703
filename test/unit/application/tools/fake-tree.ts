import type {
  FileTree,
  Listing,
  ListRequest,
  SearchReport,
  SearchRequest,
} from '../../../../src/application/ports/file-tree.ts';

/** Gives what the test says and keeps what it was asked. */
export class FakeTree implements FileTree {
  readonly requests: (ListRequest | SearchRequest)[] = [];
  private readonly answers: { readonly listing?: Listing; readonly report?: SearchReport };

  constructor(answers: { readonly listing?: Listing; readonly report?: SearchReport }) {
    this.answers = answers;
  }

  async list(request: ListRequest): Promise<Listing> {
    this.requests.push(request);
    return this.answers.listing as Listing;
  }

  async search(request: SearchRequest): Promise<SearchReport> {
    this.requests.push(request);
    return this.answers.report as SearchReport;
  }

  async complete(): Promise<readonly string[]> {
    return [];
  }
}

export const anywhere = { of: async () => ({ directories: ['/'], advice: '' }) };
