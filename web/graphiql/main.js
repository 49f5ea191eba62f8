// GraphiQL over this server. Workers, styles and fonts come from beside this file; nothing comes from elsewhere.
import 'graphiql/style.css';
import './main.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const workers = { json: 'json.worker.js', graphql: 'graphql.worker.js' };

globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(new URL(workers[label] ?? 'editor.worker.js', import.meta.url), { type: 'module' }),
};

const parameters = new URLSearchParams(location.search);

createRoot(document.getElementById('graphiql')).render(
  createElement(GraphiQL, {
    fetcher: createGraphiQLFetcher({ url: new URL('../graphql', import.meta.url).href }),
    initialQuery: parameters.get('query') ?? undefined,
    initialVariables: parameters.get('variables') ?? undefined,
    isHeadersEditorEnabled: false,
    defaultEditorToolsVisibility: false,
  }),
);
