"""Headings of exported lists, by field.

Taken from HubSpot, Salesforce, Pipedrive, Google Contacts and Outlook, in English, with the
everyday headings of German, French, Spanish and Norwegian lists. Case, accents and punctuation
do not matter.
"""

# Dropped from a heading that is not known as it stands ("Billing City", "Client phone no.").
NOISE = frozenset(
    "primary main default client customer contact person company organization organisation "
    "account business work office billing mailing no number nr of the "
    "geschaftlich professionnel".split()
)

IGNORED_HEADINGS = (
    "last contact,first contact,next contact,account number,customer number,client number,"
    "company number,organization number"
)

WORDS = {
    "name": "name,nom,nombre,navn,naam",
    "company": """company,company name,account,account name,organization,organization name,
        organisation,organisation name,organization 1 name,client,client name,customer,
        customer name,business,business name,employer,firm,firma,firmenname,unternehmen,kunde,
        kundenname,société,entreprise,raison sociale,nom de l'entreprise,empresa,
        razón social,nombre de la empresa,cliente,bedrift,selskap,kundenavn,firmanavn""",
    "first_name": """first name,firstname,given name,forename,contact first name,first,vorname,
        prénom,nombre de pila,primer nombre,fornavn""",
    "last_name": """last name,lastname,surname,family name,contact last name,last,nachname,
        familienname,nom de famille,apellido,apellidos,etternavn""",
    "full_name": """full name,fullname,contact,contact name,contact person,person,person name,
        primary contact,main contact,key contact,display name,ansprechpartner,kontakt,
        ansprechpartnerin,kontaktperson,nom complet,interlocuteur,nombre completo,contacto,
        persona de contacto,fullt navn""",
    "role": """role,job title,jobtitle,position,job,contact title,organization title,
        organization 1 title,person job title,funktion,stellung,berufsbezeichnung,fonction,poste,
        cargo,puesto,stilling,rolle,tittel""",
    "phone": """phone,phone number,phone no,phone 1,phone1,phone 2,phone2,phone 3,phone3,phones,
        telephone,telephone number,tel,tel no,mobile,mobile phone,mobile number,
        mobile phone number,cell,cell phone,cellphone,cell number,direct,direct phone,direct line,
        landline,work phone,work phone 1,business phone,business phone 2,contact number,
        contact phone,company main phone,primary phone,other phone,phone other,assistant s phone,
        home phone,home phone 2,phone 1 value,phone 2 value,phone 3 value,phone work,phone mobile,
        phone home,phone other,person phone work,person phone mobile,person phone home,
        person phone other,phone mobile number,telefon,telefonnummer,telefon geschäftlich,
        telefon 1,telefon 2,rufnummer,mobil,handy,handynummer,mobiltelefon,mobilnummer,
        mobil telefon,téléphone,numéro de téléphone,portable,tél,téléphone portable,
        téléphone mobile,telefono,número de teléfono,móvil,teléfono móvil,celular,tlf""",
    "phone_other": "alternative phone,alternate phone,second phone,secondary phone,phone alt",
    "email": """email,e-mail,email address,e-mail address,emails,mail,mail address,work email,
        business email,primary email,email 1,email1,email 2,email2,e-mail 1 value,
        e-mail 2 value,e-mail 2 address,e-mail 3 address,email work,person email work,
        person email home,person email other,secondary email,e-mail-adresse,emailadresse,
        courriel,adresse e-mail,adresse mail,adresse électronique,correo,correo electrónico,
        e-post,epost,e-postadresse""",
    "street": """street,street address,address,address 1,address line,address line 1,
        street 1,billing street,mailing street,business street,business street 2,address 2,
        address line 2,street 2,street address 2,address street,address 1 street,
        organization address,street line 1,street line 2,straße,strasse,straße und hausnummer,
        anschrift,straße geschäftlich,rue,adresse,adresse 1,adresse postale,calle,dirección,
        gate,gateadresse,besøksadresse,postadresse""",
    "town": """town,city,suburb,locality,municipality,town city,city town,billing city,
        mailing city,business city,address city,address 1 city,
        city town village locality of address,organization city town village locality of address,
        ort,stadt,wohnort,ort geschäftlich,ville,commune,localité,ciudad,población,localidad,
        poststed,by,sted,kommune""",
    "state": """state,state region,region,state province,province,county,billing state,
        billing state province,mailing state,mailing state province,business state,
        address 1 region,state county of address,organization state county of address,
        bundesland,région,département,provincia,estado,fylke""",
    "postcode": """postcode,post code,post,postal code,postalcode,zip,zip code,zipcode,
        zip postal code,postal zip code,postcode zip,billing zip postal code,
        mailing zip postal code,business postal code,address 1 postal code,eircode,
        zip postal code of address,organization zip postal code of address,plz,postleitzahl,
        postleitzahl geschäftlich,code postal,cp,código postal,postnummer,postnr""",
    "country": """country,country region,country code,country name,billing country,
        mailing country,business country region,address 1 country,country of address,
        organization country of address,land,land region,land region geschäftlich,pays,pays région,
        país""",
    "latitude": """latitude,lat,geo latitude,latitude of address,
        organization latitude of address,billing latitude,breitengrad,
        latitud,breddegrad""",
    "longitude": """longitude,lng,lon,long,geo longitude,longitude of address,
        organization longitude of address,billing longitude,
        längengrad,longitud,lengdegrad""",
    "owner": """owner,account owner,contact owner,company owner,client owner,record owner,
        person owner,organization owner,owner name,owner email,account manager,
        relationship manager,sales rep,salesperson,sales person,rep,assigned to,responsible,
        betreuer,kundenbetreuer,zuständig,responsable,commercial,propriétaire,propietario,
        ansvarlig,eier,kundeansvarlig""",
    "cadence": """cadence,rhythm,frequency,contact frequency,call frequency,call cadence,
        contact cadence,touch frequency,visit frequency,call cycle,contact rhythm,how often,
        rhythmus,kontaktrhythmus,turnus,häufigkeit,fréquence,rythme,frecuencia,frekvens""",
    "channel": """channel,preferred channel,preferred channels,preferred contact method,
        preferred method of contact,preferred contact,contact preference,contact method,
        preferred communication,communication preference,preferred contact channel,
        bevorzugter kanal,kontaktweg,kanal,canal,canal préféré,canal preferido,
        foretrukket kanal""",
    "timezone": """timezone,time zone,tz,zeitzone,fuseau horaire,zona horaria,tidssone""",
    "tier": """tier,client tier,account tier,customer tier,abc,abc class,grade,account grade,
        kundenklasse,abc klasse,kategori""",
    "website": """website,web site,web,url,website url,web page,homepage,www,company domain name,
        domain,website 1 value,webseite,internet,internetseite,webseite,site web,site internet,
        sitio web,página web,nettside,nettsted,hjemmeside""",
    "note": """note,notes,comment,comments,remark,remarks,description,background,notiz,notizen,
        bemerkung,bemerkungen,kommentar,remarque,remarques,commentaire,commentaires,notas,nota,
        observaciones,notat,merknad,merknader""",
    "status": "status,client status,account status,customer status,statut,état,estatus",
}

# Used only in a file where no heading above names the field.
SECOND_CHOICE = {
    "role": "title,titel,titre,titulo,department,occupation",
    "street": "home street,home street 2,home address,shipping street,other street",
    "town": "home city,shipping city,other city",
    "state": "home state,shipping state,shipping state province,other state",
    "postcode": "home postal code,shipping zip postal code,other postal code",
    "country": "home country region,shipping country,other country region",
    "website": "personal web page",
    "tier": "category,class,classification,segment",
}
