import '@baton/interview/red-worker';
