// One of our own WSDLs, in rpc style, as node-soap serves it. Prints its URL, and serves until it is killed.
// usage: node legacy.js WSDL, with NODE_PATH saying where the package soap is

const fs = require('fs');
const http = require('http');
const soap = require('soap');

const service = {
  Legacy: {
    LegacyPort: {
      add: ({ a, b }) => {
        if (a === 0 && b === 0) throw { Fault: { faultcode: 'Client.Nothing', faultstring: 'nothing <to> add' } };
        return { sum: a + b };
      },
      // An empty element comes as null.
      echoList: ({ values }) => ({ values: values ?? {} }),
      echoPair: ({ address, colour }) => ({ address, colour }),
    },
  },
};

const server = http.createServer((_, response) => {
  response.statusCode = 404;
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}/legacy`;
  const described = 'http://localhost:8080/kitchen/Legacy';
  const xml = fs.readFileSync(process.argv[2], 'utf8').replace(described, address);
  const callback = (error, { wsdl }) => {
    if (error) throw error;
    // It uses `xsi:nil`, and does not declare that prefix in any answer.
    wsdl.xmlnsInEnvelope += ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    console.log(`${address}?wsdl`);
  };
  soap.listen(server, { path: '/legacy', services: service, xml, handleNilAsNull: true, callback });
});
