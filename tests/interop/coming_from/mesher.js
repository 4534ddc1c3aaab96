// A mesher, as node-soap serves it. Prints its URL, and serves until it is killed.

const fs = require('fs');
const http = require('http');
const path = require('path');
const soap = require('soap');

const list = (value) => (value === undefined ? [] : [].concat(value));
const cells = (block, size) => list(block.edges).reduce((product, edge) => product * Math.ceil(edge / size), 1);
const page = (text) => Buffer.from(`<p>${text}</p>`).toString('base64');

const jobs = new Map();

const tooFine = ({ size, cells }) => ({
  Fault: {
    faultcode: 'soap:Client',
    faultstring: `size ${size} gives ${cells} cells`,
    detail: { 'tns:TooFine': { 'tns:size': size, 'tns:cells': cells } },
  },
});

const mesher = {
  estimate({ block, sizes, limit }) {
    const estimates = list(sizes).map((size) => ({ size, cells: cells(block, size) }));
    const found = estimates.find(({ cells }) => cells > limit);
    if (found) throw tooFine(found);
    return { estimates };
  },

  startMeshing({ serviceID, block, size, seconds = 10 }) {
    const job = { status_base64: page('0%'), result: 'UNSET' };
    jobs.set(serviceID, job);
    let second = 0;
    const step = () => {
      if (second < seconds) {
        job.status_base64 = page(`${Math.floor((100 * second) / seconds)}%`);
        second += 1;
        setTimeout(step, 1000);
      } else {
        job.result = `${block.name}: ${cells(block, size)} cells`;
        job.status_base64 = 'COMPLETED';
      }
    };
    step();
    return job;
  },

  getServiceStatus: ({ serviceID }) => jobs.get(serviceID),
};

const wsdl = fs.readFileSync(path.join(__dirname, 'mesher.wsdl'), 'utf8');
const server = http.createServer((_, response) => response.writeHead(404).end());
server.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}/mesher`;
  soap.listen(server, '/mesher', { Mesher: { MesherPort: mesher } }, wsdl.replace('http://localhost/mesher', address));
  console.log(`${address}?wsdl`);
});
